package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
)

// servedRelease is a release on loopback, whose program is that of this test.
type servedRelease struct {
	url     string
	archive atomic.Pointer[[]byte]
	sums    atomic.Pointer[string]
	fetched atomic.Int64 // times the archive was downloaded
}

const releaseArchive = "scimdrill_0.9.0_linux_amd64.tar.gz"

// serveRelease serves v0.9.0. It skips the test where the scripts of a CI system cannot run.
func serveRelease(t *testing.T) *servedRelease {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the scripts download a release for Linux")
	}
	for _, tool := range []string{"bash", "curl", "tar", "sha256sum", "awk"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is missing, which the scripts of a CI system need", tool)
		}
	}
	program, err := exec.LookPath("scimdrill") // testscript made it
	if err != nil {
		t.Fatal(err)
	}
	if program, err = filepath.Abs(program); err != nil {
		t.Fatal(err)
	}
	r := &servedRelease{}
	r.set(t, archived(t, "#!/bin/sh\nexec '"+program+"' \"$@\"\n"))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		switch req.URL.Path {
		case "/v0.9.0/" + releaseArchive:
			r.fetched.Add(1)
			_, _ = w.Write(*r.archive.Load())
		case "/v0.9.0/checksums.txt":
			_, _ = w.Write([]byte(*r.sums.Load()))
		default:
			http.NotFound(w, req)
		}
	}))
	t.Cleanup(server.Close)
	r.url = server.URL
	return r
}

// set offers an archive with its checksum.
func (r *servedRelease) set(t *testing.T, archive []byte) {
	t.Helper()
	sum := sha256.Sum256(archive)
	sums := hex.EncodeToString(sum[:]) + "  " + releaseArchive + "\n"
	r.archive.Store(&archive)
	r.sums.Store(&sums)
}

// archived is an archive with one program.
func archived(t *testing.T, program string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	if err := w.WriteHeader(&tar.Header{Name: "scimdrill", Mode: 0o755, Size: int64(len(program)), Typeflag: tar.TypeReg}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(program)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
