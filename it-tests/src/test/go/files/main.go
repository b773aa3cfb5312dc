// files: reading, writing, directories, environment, arguments.
package main

import (
	"bufio"
	"fmt"
	"io"
	"io/ioutil"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

func main() {
	fmt.Println(len(os.Args), os.Args[1:], os.Getenv("CORPUS_VALUE"))
	_, ok := os.LookupEnv("CORPUS_ABSENT")
	os.Setenv("CORPUS_NEW", "n")
	fmt.Println(ok, os.ExpandEnv("$CORPUS_NEW-${CORPUS_VALUE}"), strings.Contains(strings.Join(os.Environ(), "\n"), "CORPUS_NEW=n"))
	dir, err := ioutil.TempDir("", "corpus")
	check(err)
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "a.txt")
	check(ioutil.WriteFile(name, []byte("one\ntwo\nthree\n"), 0644))
	b, err := ioutil.ReadFile(name)
	check(err)
	fmt.Printf("%q\n", b)
	f, err := os.OpenFile(name, os.O_APPEND|os.O_RDWR, 0)
	check(err)
	fmt.Fprintf(f, "four\n")
	pos, err := f.Seek(4, io.SeekStart)
	check(err)
	line, err := bufio.NewReader(f).ReadString('\n')
	fmt.Printf("%d %q %v\n", pos, line, err)
	st, err := f.Stat()
	check(err)
	fmt.Println(st.Name(), st.Size(), st.Mode(), st.IsDir())
	check(f.Truncate(7))
	buf := make([]byte, 20)
	n, err := f.ReadAt(buf, 2)
	fmt.Println(n, err)
	check(f.Close())
	fmt.Println(f.Close() != nil)
	check(os.MkdirAll(filepath.Join(dir, "d/e/f"), 0755))
	check(os.Rename(name, filepath.Join(dir, "d/b.txt")))
	check(os.Symlink("b.txt", filepath.Join(dir, "d/link")))
	l, err := os.Readlink(filepath.Join(dir, "d/link"))
	fmt.Println(l, err)
	check(os.Chmod(filepath.Join(dir, "d/b.txt"), 0600))
	for i := 0; i < 40; i++ {
		check(ioutil.WriteFile(filepath.Join(dir, "d/e", fmt.Sprintf("n%02d", i)), make([]byte, i*100), 0644))
	}
	var names []string
	check(filepath.Walk(dir, func(p string, i os.FileInfo, err error) error {
		rel, _ := filepath.Rel(dir, p)
		size := i.Size()
		if i.IsDir() || i.Mode()&os.ModeSymlink != 0 {
			size = 0
		}
		names = append(names, fmt.Sprint(rel, ":", size, ":", i.Mode()))
		return err
	}))
	sort.Strings(names)
	fmt.Println(len(names), names)
	es, err := ioutil.ReadDir(filepath.Join(dir, "d"))
	check(err)
	for _, e := range es {
		fmt.Print(e.Name(), " ", e.IsDir(), "; ")
	}
	fmt.Println()
	m, _ := filepath.Glob(filepath.Join(dir, "d/e/n1*"))
	fmt.Println(len(m))
	_, err = os.Open(filepath.Join(dir, "absent"))
	fmt.Println(os.IsNotExist(err))
	fmt.Println(os.Remove(filepath.Join(dir, "d")) != nil, os.Mkdir(filepath.Join(dir, "d"), 0755) != nil)
	_, err = ioutil.ReadFile("/")
	fmt.Println(err)
	check(os.Chdir(dir))
	wd, err := os.Getwd()
	fmt.Println(wd == dir, err)
	_, err = os.Stat("d/e/n39")
	fmt.Println(err)
	_, err = exec.LookPath("no-such-program-anywhere")
	fmt.Println(err)
	src, _ := os.Open("d/e/n39")
	dst, _ := os.Create("copy")
	c, err := io.Copy(dst, src)
	fmt.Println(c, err)
	self, err := os.Executable()
	fmt.Println(filepath.Base(self), err)
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	check(err)
	k, err := null.Write([]byte("gone"))
	fmt.Println(k, err)
	k, err = null.Read(buf)
	fmt.Println(k, err)
}
