// times: time arithmetic, formatting, zones; and Sleep, Ticker, AfterFunc, Reset.
package main

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata"
)

func main() {
	t := time.Date(2024, time.February, 29, 23, 59, 58, 123456789, time.UTC)
	fmt.Println(t, t.Format(time.RFC3339Nano), t.Format(time.RFC1123Z), t.Unix(), t.YearDay(), t.Weekday())
	fmt.Println(t.AddDate(1, 0, 0), t.Add(36*time.Hour).Truncate(time.Hour), t.Round(time.Second))
	for _, z := range []string{"America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"} {
		l, err := time.LoadLocation(z)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(t.In(l), t.AddDate(0, 5, 0).In(l).Format(time.Kitchen))
	}
	p, err := time.Parse("2006-01-02 15:04:05 -0700", "2021-03-04 05:06:07 +0530")
	fmt.Println(p.UTC(), err, t.Sub(p), t.After(p))
	_, err = time.Parse(time.RFC3339, "yesterday")
	fmt.Println(err)
	d, err := time.ParseDuration("1h15m30.918s")
	fmt.Println(d, d.Seconds(), d.Round(time.Minute), err)

	start := time.Now()
	time.Sleep(20 * time.Millisecond)
	el := time.Since(start)
	fmt.Println("slept", el >= 20*time.Millisecond, el < 20*time.Second)
	tick := time.NewTicker(3 * time.Millisecond)
	for i := 0; i < 5; i++ {
		<-tick.C
	}
	tick.Stop()
	fmt.Println("ticked", time.Since(start) >= 30*time.Millisecond)
	var mu sync.Mutex
	var order []int
	var wg sync.WaitGroup
	for _, i := range []int{5, 1, 3, 2, 4} {
		i := i
		wg.Add(1)
		time.AfterFunc(time.Duration(i)*25*time.Millisecond, func() {
			mu.Lock()
			order = append(order, i)
			mu.Unlock()
			wg.Done()
		})
	}
	wg.Wait()
	fmt.Println("order", order)
	tm := time.NewTimer(time.Hour)
	fmt.Println(tm.Stop(), tm.Reset(time.Millisecond))
	<-tm.C
	f := time.AfterFunc(time.Hour, func() { fmt.Println("never") })
	fmt.Println(f.Stop(), f.Stop())
	sane := time.Now().Year() >= 2024
	fmt.Println("year", sane)
}
