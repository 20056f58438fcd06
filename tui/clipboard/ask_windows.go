package clipboard

import "os"

// AskTerminal asks nothing on Windows, where neither tmux nor GNU screen stands
// between a program and its console.
func AskTerminal(*os.File) Terminal { return Terminal{} }
