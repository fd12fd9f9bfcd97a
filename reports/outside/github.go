package outside

import "strings"

// GitHubMessage returns text as the message of a workflow command of GitHub, such as ::error::.
// Line breaks stay line breaks in the annotation, and the text cannot begin another command.
func GitHubMessage(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(Lines(s))
}

// GitHubProperty returns text as the value of a property of a workflow command, such as file or title.
// It cannot end the value or add a property.
func GitHubProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(Lines(s))
}
