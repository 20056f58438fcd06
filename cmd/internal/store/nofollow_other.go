//go:build !unix

package store

// noFollow is nothing here; own finds a link after it was opened.
const noFollow = 0
