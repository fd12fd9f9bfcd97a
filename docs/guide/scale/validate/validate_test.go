// Package validate holds a test only: it reads the files for Kubernetes with the types of its API, which the
// module of scimdrill does not need.
package validate

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"
)

// decode reads a file into a type that has a place for each of its fields.
func decode[T any](t *testing.T, name string) (v T) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalStrict(data, &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

// kustomization are the fields of Kustomize that the file uses.
type kustomization struct {
	APIVersion string   `json:"apiVersion"`
	Kind       string   `json:"kind"`
	Resources  []string `json:"resources"`
	Images     []struct {
		Name    string `json:"name"`
		NewName string `json:"newName"`
		NewTag  string `json:"newTag"`
	} `json:"images"`
	ConfigMapGenerator []struct {
		Name     string   `json:"name"`
		Literals []string `json:"literals"`
	} `json:"configMapGenerator"`
}

func TestFiles(t *testing.T) {
	k := decode[kustomization](t, "kustomization.yaml")
	claim := decode[corev1.PersistentVolumeClaim](t, "volume.yaml")
	job := decode[batchv1.Job](t, "job.yaml")
	if k.Kind != "Kustomization" || claim.Kind != "PersistentVolumeClaim" || job.Kind != "Job" || job.APIVersion != "batch/v1" || len(k.Resources) != 2 {
		t.Errorf("kinds %s, %s, %s; resources %v", k.Kind, claim.Kind, job.Kind, k.Resources)
	}
	pod, spec := job.Spec.Template.Spec, job.Spec
	if *spec.CompletionMode != batchv1.IndexedCompletion || *spec.Completions != *spec.Parallelism || *spec.BackoffLimitPerIndex != 0 ||
		pod.RestartPolicy != corev1.RestartPolicyNever {
		t.Errorf("the Job is not one that runs each index once, all at the same time: %+v", spec)
	}
	c := pod.Containers[0]
	if c.Env[0].Name != "SHARDS" || c.Env[0].Value != strconv.Itoa(int(*spec.Completions)) {
		t.Errorf("SHARDS is %+v, completions %d", c.Env, *spec.Completions)
	}
	if k.ConfigMapGenerator[0].Name != c.EnvFrom[0].ConfigMapRef.Name || k.Images[0].Name != c.Image {
		t.Error("the pod does not use the generated settings or the image")
	}
	volumes := map[string]bool{}
	for _, v := range pod.Volumes {
		volumes[v.Name] = true
		if p := v.PersistentVolumeClaim; p != nil && p.ClaimName != claim.Name {
			t.Errorf("the volume %s claims %s", v.Name, p.ClaimName)
		}
	}
	for _, m := range c.VolumeMounts {
		if !volumes[m.Name] {
			t.Errorf("the volume %s is missing", m.Name)
		}
	}
}

// TestCommand runs the command of the pod with a program that prints its arguments.
func TestCommand(t *testing.T) {
	job, k := decode[batchv1.Job](t, "job.yaml"), decode[kustomization](t, "kustomization.yaml")
	c := job.Spec.Template.Spec.Containers[0]
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "scimdrill"), []byte("#!/bin/sh\nprintf '%s\\n' \"$@\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i := range *job.Spec.Completions {
		cmd := exec.CommandContext(t.Context(), c.Command[0], append(c.Command[1:], c.Args...)...)
		cmd.Env = append(k.ConfigMapGenerator[0].Literals, "PATH="+dir+":/usr/bin:/bin", "JOB_COMPLETION_INDEX="+strconv.Itoa(int(i)), "SHARDS="+c.Env[0].Value)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		args := strings.Split(strings.TrimSpace(string(out)), "\n")
		shard := args[len(args)-3]
		if want := strconv.Itoa(int(i)+1) + "/" + c.Env[0].Value; shard != want || seen[shard] || args[0] != "replay" {
			t.Errorf("index %d runs %q, want shard %s", i, args, want)
		}
		seen[shard] = true
	}
}
