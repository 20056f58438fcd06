package config

import (
	"errors"
	"path/filepath"
)

// Dir returns the folder of the program's configuration, which may not exist yet.
// The error says that none is known.
func Dir(env Env) (string, error) {
	path := configPath(env)
	if path == "" {
		return "", errors.New("no home folder is known: set XDG_CONFIG_HOME to an absolute path")
	}
	return filepath.Dir(path), nil
}
