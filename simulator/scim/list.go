package scim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// ListResponse is the answer to a query (W-98, W-99). Paging members are not read: the
// engine never pages (W-15).
type ListResponse struct {
	TotalResults int
	// Resources are the objects found, in decoded JSON; never nil.
	Resources []map[string]any
}

// DecodeList reads the answer to a query. It is tolerant where the service is: names in any
// case, no schemas, no Resources when nothing was found. It is not tolerant where matching
// depends on it: totalResults must be a whole number, and a target that counts must list.
func DecodeList(body []byte) (*ListResponse, error) {
	var list struct {
		TotalResults *int             `json:"totalResults"`
		Resources    []map[string]any `json:"Resources"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(body, []byte("\ufeff")), &list); err != nil {
		return nil, fmt.Errorf("read ListResponse: %w", plainJSON(err))
	}
	switch {
	case list.TotalResults == nil:
		return nil, errors.New("read ListResponse: totalResults is missing")
	case *list.TotalResults < 0:
		return nil, fmt.Errorf("read ListResponse: totalResults is %d", *list.TotalResults)
	case *list.TotalResults > 0 && len(list.Resources) == 0:
		return nil, fmt.Errorf("read ListResponse: totalResults is %d and Resources is empty", *list.TotalResults)
	}
	for i, r := range list.Resources {
		if r == nil {
			return nil, fmt.Errorf("read ListResponse: Resources[%d] is null", i)
		}
	}
	if list.Resources == nil {
		list.Resources = []map[string]any{}
	}
	return &ListResponse{*list.TotalResults, list.Resources}, nil
}

// plainJSON says in plain words what is wrong with a body, without Go's names of types.
func plainJSON(err error) error {
	if wrongType, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if wrongType.Field == "" {
			return fmt.Errorf("it is a JSON %s, not an object", wrongType.Value)
		}
		return fmt.Errorf("%s is a JSON %s", wrongType.Field, wrongType.Value)
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("it is no JSON (byte %d: %w)", syntax.Offset, err)
	}
	return err
}
