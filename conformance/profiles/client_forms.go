package profiles

const fewForms = "These are the requests of the client that are known, and they are known by report. A simulator sends them. Nothing else is known, and nothing is made up: no verdict of the client follows. "

// clientForms are the small sets of requests of other clients.
func clientForms() []Profile {
	return []Profile{
		list("google", "Known requests of Google Workspace", "2026-11-21", fewForms+"Of Google's requests, only the User-Agent and the media type were reported."),
		list("jumpcloud", "Known requests of JumpCloud", "2026-11-21", fewForms),
		list("authentik", "Known requests of authentik", "2026-11-21", fewForms),
		list("ping", "Known requests of PingOne", "2026-11-21", fewForms+"Of its requests, the query, and the choice to disable or delete, are documented."),
	}
}

// ClientForms are the names of the clients of which some requests are known.
func ClientForms() []string {
	var out []string
	for _, p := range clientForms() {
		out = append(out, p.Name)
	}
	return out
}
