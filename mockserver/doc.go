// Package mockserver serves the management API of a make-believe tenant, for
// demonstrations and tests: both front doors, string numbers, paging, search,
// errors, rate limits and expiring tokens, over a tenant that is the same for
// the same seed.
//
// It knows the wire format and what a tenant does with it, enrolment included.
// It must never know the client that calls it: it imports nothing of this
// module, because a mock that shared the client's types would share its bugs.
//
// # Faults
//
// A fault is one line, the same for the flag of the command, for a list that is
// posted to /mock/faults, and for [ParseFaults] in Go:
//
//	[METHOD] [WHERE] [KIND] WHAT [HOW OFTEN]
//
//	keys 503 p=0.2                      every fifth list or create is refused
//	PUT key cut=after count=1           one update is done and its answer lost
//	* latency=50ms jitter=20ms          every call waits 50 to 70 ms
//	SERVICE_EDGE_GRP 403                a kind that the tenant refuses
//	storm p=0.2 seed=7                  the mix of [Storm]
//
// The words, in any order, are those of [FaultSyntax]. Of what happens to a call:
//
//   - What stands in for the answer (a status, html, refuse, hang, cut=before)
//     comes in place of the call: nothing is done. With "done" behind it, and with
//     every other cut, the call is done first and its answer is lost.
//   - What spoils the answer (truncated, total-pages=0, row=gone, trickle and so
//     on) takes the true one of a call that was done. An answer without a body has
//     nothing to spoil and stays as it is; a cut in its body is one in its headers.
//   - Of several faults that hold for a call the waits add up, and the first in
//     the list that fires does the rest. A fault fires at most count times.
//   - A faulty call is recorded, keeps its request id, and counts against the rate
//     limit only if it is done. Calls under /mock/ never fail.
//
// A storm can be had again. Whether a fault with p fires follows from its text,
// the server's seed and how often this very call (method, path and page) came
// since the faults were set. So calls that run beside each other do not change
// each other's luck; after and count alone go by the order in which they arrive.
//
// Both transports show the same to a net/http client, with two differences.
// A refused connection is an error of dialling in memory; a listener has accepted
// it already and resets it. And net/http silently repeats a read that died on a
// connection it had used before, so as long as a fault of the list breaks
// connections none is kept open; one left from before such a fault is the exception.
package mockserver
