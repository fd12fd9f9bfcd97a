// Package serve is where the commands listen: until they are told to stop, while they wait
// for a browser, or on loopback for an engine in the same process. It makes the certificate
// of a server that speaks https.
package serve
