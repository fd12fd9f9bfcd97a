// Package choice is a documented choice of a client's engine, which --set name=value takes.
//
// A Choice is written once: its name, default, rule of docs/why/behaviour.md, evidence, meaning, and how
// it is applied to the settings S of its engine. simulator/options holds those of Entra's engine;
// simulator/okta and simulator/onelogin hold their own.
package choice
