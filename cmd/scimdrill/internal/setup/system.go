package setup

import (
	"io/fs"
	"strings"
)

// System is a CI system.
type System struct {
	// Name is its name on the command line.
	Name string
	// Path is its file. Beside is used where that file exists, and Include says how to use it then.
	Path, Beside, Include string
	// Marks are files that show that a repository uses the system.
	Marks []string
	// Secret is where the token of the endpoint comes from, in words.
	Secret   string
	template string
}

// Systems lists the CI systems. The last one stands for none.
func Systems() []System {
	return []System{
		{
			Name: "github", Path: ".github/workflows/scim.yml", Marks: []string{".github"},
			Secret: "the repository secret SCIM_TEST_TOKEN", template: "github.yml",
		},
		{
			Name: "gitlab", Path: ".gitlab-ci.yml", Beside: ".gitlab/scim.yml", Marks: []string{".gitlab-ci.yml", ".gitlab"},
			Include: "add to .gitlab-ci.yml: include: [{local: .gitlab/scim.yml}]",
			Secret:  "the masked CI/CD variable SCIM_TEST_TOKEN", template: "gitlab.yml",
		},
		{
			Name: "jenkins", Path: "Jenkinsfile", Beside: "Jenkinsfile.scim", Marks: []string{"Jenkinsfile"},
			Include: "make a pipeline from Jenkinsfile.scim, or copy its stage to your Jenkinsfile",
			Secret:  "the secret text scim-test-token among the credentials", template: "Jenkinsfile",
		},
		{
			Name: "azure", Path: "azure-pipelines.yml", Beside: ".azure/scim.yml", Marks: []string{"azure-pipelines.yml", ".azure"},
			Include: "make a pipeline from .azure/scim.yml, or copy its steps to azure-pipelines.yml",
			Secret:  "the secret variable SCIM_TEST_TOKEN of the pipeline", template: "azure-pipelines.yml",
		},
		{Name: "none"},
	}
}

// Names lists the names of the systems.
func Names() []string {
	var names []string
	for _, s := range Systems() {
		names = append(names, s.Name)
	}
	return names
}

// Find returns the system with a name.
func Find(name string) (System, bool) {
	for _, s := range Systems() {
		if s.Name == name {
			return s, true
		}
	}
	return System{}, false
}

// Detect returns the system that a repository uses, by its files and the address of its origin, or
// "none".
func Detect(repository fs.FS) string {
	for _, s := range Systems() {
		for _, mark := range s.Marks {
			if _, err := fs.Stat(repository, mark); err == nil {
				return s.Name
			}
		}
	}
	config, err := fs.ReadFile(repository, ".git/config")
	if err != nil {
		return "none"
	}
	for _, host := range []struct{ part, name string }{{"github.com", "github"}, {"gitlab", "gitlab"}, {"dev.azure.com", "azure"}, {"visualstudio.com", "azure"}} {
		if strings.Contains(string(config), host.part) {
			return host.name
		}
	}
	return "none"
}
