// http: a server and a client in one program, over loopback.
package main

import (
	"fmt"
	"io/ioutil"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "hello %s %s", r.URL.Query().Get("name"), r.Method)
	})
	mux.HandleFunc("/post", func(w http.ResponseWriter, r *http.Request) {
		b, _ := ioutil.ReadAll(r.Body)
		w.Header().Set("X-Length", fmt.Sprint(len(b)))
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, strings.ToUpper(string(b)))
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	for i := 0; i < 5; i++ {
		r, err := http.Get(s.URL + "/hello?name=" + url.QueryEscape(fmt.Sprint("a b", i)))
		if err != nil {
			fmt.Println(err)
			return
		}
		b, _ := ioutil.ReadAll(r.Body)
		r.Body.Close()
		fmt.Println(r.StatusCode, string(b), r.Header.Get("Content-Type"))
	}
	r, err := http.Post(s.URL+"/post", "text/plain", strings.NewReader("body"))
	if err != nil {
		fmt.Println(err)
		return
	}
	b, _ := ioutil.ReadAll(r.Body)
	fmt.Println(r.StatusCode, string(b), r.Header.Get("X-Length"))
	r, _ = http.Get(s.URL + "/absent")
	fmt.Println(r.Status)
}
