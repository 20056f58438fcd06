package credential

const howToStore = `store it with "security add-generic-password -s provkeys -a NAME -w"`

func hasKeyring() bool { return true }
