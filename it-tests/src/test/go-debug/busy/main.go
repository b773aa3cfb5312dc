// busy: counts for ever; the debugger interrupts it.
package main

import "fmt"

var counter int
var stop bool

//go:noinline
func spin() {
	for !stop {
		counter++
	}
}

func main() {
	fmt.Println("spinning")
	spin()
	fmt.Println("stopped", counter > 0)
}
