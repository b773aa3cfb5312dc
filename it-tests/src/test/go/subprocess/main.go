// subprocess: os/exec with the program itself as the child, whose first argument tells it what to do.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io/ioutil"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"
)

func child(role string) {
	switch role {
	case "upper":
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			fmt.Println(strings.ToUpper(lines.Text()))
		}
	case "exit":
		fmt.Fprintln(os.Stderr, "to stderr")
		os.Exit(7)
	case "environment":
		directory, err := os.Getwd()
		fmt.Println(os.Getenv("ROLE"), os.Args[2:], directory, err)
	case "sleep":
		time.Sleep(time.Minute)
	case "signal":
		c := make(chan os.Signal, 1)
		signal.Notify(c, syscall.SIGUSR1)
		fmt.Println("ready")
		fmt.Println(<-c)
	case "panic":
		panic("in the child")
	case "exec":
		fmt.Println(syscall.Exec("/proc/self/exe", []string{"again", "environment", "x y"}, []string{"ROLE=replaced"}))
	case "files":
		inherited := os.NewFile(3, "inherited")
		text, err := ioutil.ReadAll(inherited)
		fmt.Printf("%q %v\n", text, err)
	case "grandchild":
		out, err := command("upper", "from below").Output()
		fmt.Printf("%q %v\n", out, err)
	}
}

func command(role, input string, arguments ...string) *exec.Cmd {
	cmd := exec.Command("/proc/self/exe", append([]string{role}, arguments...)...)
	cmd.Stdin = strings.NewReader(input)
	return cmd
}

func show(cmd *exec.Cmd) {
	out, err := cmd.CombinedOutput()
	fmt.Printf("%q %v\n", strings.SplitN(string(out), "\n\n", 2)[0], err)
}

func main() {
	if len(os.Args) > 1 {
		child(os.Args[1])
		return
	}
	show(command("upper", "one\ntwo\n"))
	failing := command("exit", "")
	show(failing)
	fmt.Println(failing.ProcessState.ExitCode(), failing.ProcessState.Exited(), failing.ProcessState.Success())
	environment := command("environment", "", "a b", "")
	environment.Env = []string{"ROLE=child"}
	environment.Dir = "/usr"
	show(environment)
	show(command("panic", ""))
	replaced := command("exec", "")
	replaced.Dir = "/"
	show(replaced)
	show(command("grandchild", ""))

	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	fmt.Println(exec.CommandContext(ctx, "/proc/self/exe", "sleep").Run(), ctx.Err())
	cancel()

	signalled := exec.Command("/proc/self/exe", "signal")
	pipe, _ := signalled.StdoutPipe()
	fmt.Println(signalled.Start())
	reader := bufio.NewReader(pipe)
	line, _ := reader.ReadString('\n')
	fmt.Println(signalled.Process.Signal(syscall.SIGUSR1))
	rest, _ := ioutil.ReadAll(reader)
	fmt.Printf("%q %q %v\n", line, rest, signalled.Wait())
	fmt.Println(signalled.Process.Signal(syscall.SIGUSR1))

	read, write, _ := os.Pipe()
	inheriting := exec.Command("/proc/self/exe", "files")
	inheriting.ExtraFiles = []*os.File{read}
	go func() {
		fmt.Fprint(write, "through a pipe")
		write.Close()
	}()
	show(inheriting)
	read.Close()

	var wg sync.WaitGroup
	outputs := make([]string, 8)
	for i := range outputs {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			out, _ := command("upper", fmt.Sprintf("child %d", i)).Output()
			outputs[i] = string(out)
		}(i)
	}
	wg.Wait()
	fmt.Printf("%q\n", outputs)

	fmt.Println(exec.Command("/proc/self/nothing").Run())
	fmt.Println(exec.Command("/proc/self/status").Run())
	var status syscall.WaitStatus
	_, err := syscall.Wait4(-1, &status, 0, nil)
	fmt.Println(err)
}
