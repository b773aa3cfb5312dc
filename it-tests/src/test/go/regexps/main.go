// regexps: matching, groups, replacement.
package main

import (
	"fmt"
	"regexp"
	"strings"
)

func main() {
	re := regexp.MustCompile(`(?P<user>[a-z0-9._]+)@(?P<host>[a-z0-9-]+(\.[a-z]+)+)`)
	text := strings.Repeat("mail bob.smith@example.com or x_1@foo-bar.co.uk, not @nobody; ", 40)
	all := re.FindAllStringSubmatch(text, -1)
	fmt.Println(len(all), all[0], all[1][2], re.SubexpNames())
	fmt.Println(re.ReplaceAllString("a@b.c, d@e.org", "<${host}:${user}>"))
	fmt.Println(regexp.MustCompile(`\b(\w)(\w*)\b`).ReplaceAllStringFunc("the quick brown fox", strings.Title))
	fmt.Println(regexp.MustCompile(`a+?b*`).FindAllString("aaabbb ab b a", -1))
	fmt.Println(regexp.MustCompile(`^\s*(\d{1,3})(?:\.(\d{1,3})){3}\s*$`).MatchString(" 192.168.0.1 "))
	fmt.Println(regexp.MustCompile(`[\p{Greek}]+`).FindString("abc αβγ def"))
	fmt.Println(regexp.MustCompile(`(?i)HELLO|(?s)w.rld`).FindAllStringIndex("hello w\nrld HeLLo", -1))
	fmt.Println(regexp.MustCompile(`,\s*`).Split("a, b,c,   d", -1))
	_, err := regexp.Compile(`a(b`)
	fmt.Println(err)
	// exponential for back-tracking engines, linear here
	n := 25
	fmt.Println(regexp.MustCompile(strings.Repeat("a?", n) + strings.Repeat("a", n)).MatchString(strings.Repeat("a", n)))
	fmt.Println(regexp.QuoteMeta("1+1=2?"))
}
