// stackdump: runtime/debug.Stack, runtime.Callers, runtime.Stack of all goroutines.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

type thing struct{}

//go:noinline
func (thing) method() []byte { return inner() }

//go:noinline
func inner() []byte { return debug.Stack() }

func functions(stack []byte) []string {
	var out []string
	for _, l := range strings.Split(string(stack), "\n") {
		if l != "" && !strings.HasPrefix(l, "\t") {
			if i := strings.LastIndex(l, "("); i > 0 {
				l = l[:i]
			}
			out = append(out, l)
		}
	}
	return out
}

func main() {
	fmt.Println(functions(thing{}.method()))
	func() {
		pc := make([]uintptr, 10)
		n := runtime.Callers(1, pc)
		frames := runtime.CallersFrames(pc[:n])
		for {
			f, more := frames.Next()
			if strings.HasPrefix(f.Function, "main.") {
				fmt.Println(f.Function, f.Line)
			}
			if !more {
				break
			}
		}
	}()
	_, file, line, ok := runtime.Caller(0)
	fmt.Println(file[strings.LastIndex(file, "/")+1:], line, ok)
	block := make(chan bool)
	for i := 0; i < 3; i++ {
		go func() { <-block }()
	}
	time.Sleep(5 * time.Millisecond)
	buf := make([]byte, 1<<16)
	all := string(buf[:runtime.Stack(buf, true)])
	fmt.Println(strings.Count(all, "[chan receive"), strings.Count(all, "goroutine ") >= 4, runtime.NumGoroutine())
	f := runtime.FuncForPC(func() uintptr { pc, _, _, _ := runtime.Caller(1); return pc }())
	fmt.Println(f.Name())
}
