package read

import (
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// The numbers of Graph's enumerations; Azure Monitor may write them (G-43).
func results() []provlog.Result {
	return []provlog.Result{provlog.Success, provlog.Failure, provlog.Skipped, provlog.Warning}
}

func actions() []provlog.Action {
	return []provlog.Action{provlog.Other, provlog.Create, provlog.Delete, provlog.Disable, provlog.Update, provlog.StagedDelete}
}

func stepTypes() []provlog.StepType {
	return []provlog.StepType{provlog.Import, provlog.Scoping, provlog.Matching, provlog.Processing, provlog.ReferenceResolution, provlog.Export}
}

// known finds a word, or its number, in an enumeration. A word that is unknown stays as it is.
func known[T ~string](text string, all []T) T {
	if n, err := strconv.Atoi(text); err == nil && n >= 0 && n < len(all) {
		return all[n]
	}
	for _, v := range all {
		if saved.Normal(text) == saved.Normal(string(v)) {
			return v
		}
	}
	return T(text)
}

func action(o *saved.Object) (provlog.Action, error) {
	v, ok := o.Get("provisioningAction", "action")
	if !ok {
		return provlog.Other, nil
	}
	if k := v.Kind(); k == '{' || k == '[' {
		return "", v.Fault("the action must be a string such as create, found %s", v.Raw)
	}
	return known(v.String(), actions()), nil
}

// statusInfo reads the status and the error, nested as in v1.0, flat as in beta, or in columns.
func statusInfo(o *saved.Object) (provlog.StatusInfo, error) {
	var info provlog.StatusInfo
	v, ok := o.Get("provisioningStatusInfo.status", "statusInfo.status", "status", "resultType", "provisioningStatusInfo", "statusInfo")
	if !ok {
		return info, o.Fault("the status is missing; hint: the entry needs provisioningStatusInfo.status, statusInfo.status, status or resultType")
	}
	if k := v.Kind(); k == '{' || k == '[' {
		return info, v.Fault("the status is missing in %s; hint: save the download unchanged", v.Raw)
	}
	info.Status = known(v.String(), results())
	e := provlog.ErrorInfo{
		ErrorCode:         errorText(o, "errorCode", "resultSignature"),
		Reason:            errorText(o, "reason", "statusReason", "resultDescription", "errorDescription"),
		AdditionalDetails: told(errorText(o, "additionalDetails")),
		RecommendedAction: told(errorText(o, "recommendedAction")),
		ErrorCategory:     provlog.ErrorCategory(errorText(o, "errorCategory")),
	}
	if strings.EqualFold(e.ErrorCode, "none") {
		e.ErrorCode = ""
	}
	if info.Status != provlog.Success && e != (provlog.ErrorInfo{}) {
		info.ErrorInformation = &e
	}
	return info, nil
}

// told is a text that may be missing.
func told(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// errorText reads a member of the error wherever it stands.
func errorText(o *saved.Object, name string, columns ...string) string {
	paths := []string{
		"provisioningStatusInfo.errorInformation." + name, "statusInfo.errorInformation." + name, "errorInformation." + name,
		"provisioningStatusInfo." + name, "statusInfo." + name, name,
	}
	return o.Text(append(paths, columns...)...)
}

func step(o *saved.Object) provlog.Step {
	return provlog.Step{
		Name: o.Text("name", "stepName", "provisioningStepName"), Type: known(o.Text("provisioningStepType", "stepType", "type"), stepTypes()),
		Status:      known(o.Text("status", "stepStatus"), results()),
		Description: o.Text("description", "stepDescription"), Details: details(o, "details"),
	}
}

func property(o *saved.Object) provlog.ModifiedProperty {
	p := provlog.ModifiedProperty{DisplayName: o.Text("displayName", "name", "propertyName", "property", "attribute")}
	if v, ok := o.Get("oldValue"); ok {
		text := v.String()
		p.OldValue = &text
	}
	if v, ok := o.Get("newValue"); ok {
		text := v.String()
		p.NewValue = &text
	}
	return p
}
