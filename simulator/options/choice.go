package options

import "github.com/scimdrill/scimdrill/simulator/choice"

// Choice is one documented choice of Entra's engine.
type Choice = choice.Choice[Settings]
