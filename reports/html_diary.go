package reports

import (
	"cmp"
	"slices"
	"time"
)

// maxDiary is the maximum number of events in the diary.
const maxDiary = 120

// diary lists the events around the job by day.
type diary struct {
	Days []diaryDay
	Left int // number of omitted events
	Open bool
}

type diaryDay struct {
	Name  string
	Items []diaryItem
}

type diaryItem struct {
	At    time.Time
	Kind  string
	Title string
}

func newDiary(s *Simulation) *diary {
	var items []diaryItem
	for _, e := range s.Events {
		title := e.Title
		if !e.Until.IsZero() {
			title += " until " + dayName(e.Until) + " " + clockTime(e.Until)
		}
		items = append(items, diaryItem{e.At, e.Kind, title})
	}
	for i := range s.Jobs {
		name := cmp.Or(s.called(i), "the job")
		for _, q := range s.Jobs[i].Quarantines {
			items = append(items, diaryItem{q.Began, "quarantine", name + " enters quarantine: " + q.Reason})
			if !q.Ended.IsZero() {
				items = append(items, diaryItem{q.Ended, "quarantine", name + " leaves quarantine after " + virtualSpan(q.Ended.Sub(q.Began))})
			}
		}
	}
	if len(items) == 0 {
		return nil
	}
	slices.SortStableFunc(items, func(a, b diaryItem) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	d := &diary{Left: max(0, len(items)-maxDiary)}
	d.Open = len(items) <= 40
	for _, item := range items[:len(items)-d.Left] {
		name := dayName(item.At)
		if n := len(d.Days); n == 0 || d.Days[n-1].Name != name {
			d.Days = append(d.Days, diaryDay{Name: name})
		}
		day := &d.Days[len(d.Days)-1]
		day.Items = append(day.Items, item)
	}
	return d
}
