package push

import "errors"

var (
	errTotal     = errors.New("the member totalResults of the list is not an integer")
	errResources = errors.New("the member Resources of the list is not an array of objects")
)
