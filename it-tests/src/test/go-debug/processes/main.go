// processes: runs itself as a child, then replaces itself; with "spin" the child never ends by itself.
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

func runChild(role string) string {
	child := exec.Command("/proc/self/exe", role)
	child.Stderr = os.Stderr
	out, err := child.Output()
	if err != nil {
		return err.Error() + "\n"
	}
	return string(out)
}

func main() {
	if len(os.Args) > 1 && os.Args[1] != "parent" {
		if os.Args[1] == "spin" {
			fmt.Fprintln(os.Stderr, "child spins")
		}
		for os.Args[1] == "spin" {
			work(1)
		}
		fmt.Println(os.Args[1], work(21))
		return
	}
	role := "child"
	if len(os.Args) > 2 {
		role = os.Args[2]
	}
	answer := runChild(role)
	fmt.Print("heard: ", answer)
	fmt.Println(syscall.Exec("/proc/self/exe", []string{"again", "replaced"}, os.Environ()))
}
