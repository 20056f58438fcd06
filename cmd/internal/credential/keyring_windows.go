package credential

// What cmdkey stores is UTF-16, and would not be the same text.
const howToStore = `store it in UTF-8 as the generic credential "provkeys:NAME"`

func hasKeyring() bool { return true }
