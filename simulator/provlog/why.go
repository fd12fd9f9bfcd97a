package provlog

// Why is the reason of a Fault.
type Why string

// What was wrong with a response.
const (
	WhyRefused          Why = "refused"
	WhyRedirected       Why = "redirected"
	WhyUnexpectedStatus Why = "unexpectedStatus" // a success that is none for such a request
	WhyQueryNotFound    Why = "queryNotFound"    // 404 to a query
	WhyListNoJSON       Why = "listNoJSON"
	WhyListNoTotal      Why = "listNoTotal"
	WhyListNoID         Why = "listNoId"  // at About.Number
	WhyListEmpty        Why = "listEmpty" // though the total is About.Number
	WhySeveralResources Why = "severalResources"
	WhyOtherResource    Why = "otherResource"
	WhyNoObject         Why = "noObject"
	WhyNoID             Why = "noId"
	WhyLongID           Why = "longId" // beyond what a URL can hold
	WhyTooLarge         Why = "tooLarge"
)

// Why there was no response.
const (
	WhyStopped    Why = "stopped" // the run ended
	WhyNoToken    Why = "noToken"
	WhyTimeout    Why = "timeout"
	WhyNoResponse Why = "noResponse"
)

// What was wrong on our side.
const (
	WhyNoValue        Why = "noValue"        // of the required About.Attribute
	WhyCharacter      Why = "character"      // About.Value holds one of About.Detail (E-98, A-19)
	WhySeveralMatches Why = "severalMatches" // About.Number of them
	WhyLinked         Why = "linked"         // About.TargetID belongs to another source object
	WhyNotProvisioned Why = "notProvisioned" // the referenced About.SourceID
	WhyExpression     Why = "expression"     // could not be evaluated
	WhySeveralValues  Why = "severalValues"  // E-128
	WhyFilter         Why = "filter"         // could not be evaluated
	WhySameRoles      Why = "sameRoles"      // two app roles have the display name About.Value
	WhyPlanDeleted    Why = "planDeleted"    // the object, earlier in the same plan
	WhyPlanCreate     Why = "planCreate"     // a plan cannot read the body of a create
	WhyPlanUpdate     Why = "planUpdate"     // or that of an update
)

// WhyRecorded is a fault whose sentence an earlier version stored, in About.Detail.
const WhyRecorded Why = "recorded"
