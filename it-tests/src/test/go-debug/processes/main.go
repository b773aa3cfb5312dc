// processes: runs itself as a child, then replaces itself.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

//go:noinline
func work(n int) int {
	return 2 * n
}

func runChild() string {
	out, err := exec.Command("/proc/self/exe", "child").Output()
	if err != nil {
		return err.Error()
	}
	return string(out)
}

func main() {
	if len(os.Args) > 1 {
		fmt.Println(os.Args[1], work(21))
		return
	}
	answer := runChild()
	fmt.Print("heard: ", answer)
	fmt.Println(syscall.Exec("/proc/self/exe", []string{"again", "replaced"}, os.Environ()))
}
