// hashes: checksums and digests over many lengths, so that every tail of the vector code runs.
package main

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"hash"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"hash/maphash"
)

func main() {
	buf := make([]byte, 70000)
	for i := range buf {
		buf[i] = byte(i*7 + i>>8)
	}
	makers := []struct {
		name string
		f    func() hash.Hash
	}{
		{"md5", md5.New}, {"sha1", sha1.New}, {"sha224", sha256.New224}, {"sha256", sha256.New}, {"sha384", sha512.New384},
		{"sha512", sha512.New}, {"sha512/256", sha512.New512_256},
		{"crc32-ieee", func() hash.Hash { return crc32.NewIEEE() }},
		{"crc32-castagnoli", func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) }},
		{"crc32-koopman", func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Koopman)) }},
		{"crc64-iso", func() hash.Hash { return crc64.New(crc64.MakeTable(crc64.ISO)) }},
		{"crc64-ecma", func() hash.Hash { return crc64.New(crc64.MakeTable(crc64.ECMA)) }},
		{"adler32", func() hash.Hash { return adler32.New() }},
		{"fnv64a", func() hash.Hash { return fnv.New64a() }}, {"fnv128", fnv.New128},
		{"hmac", func() hash.Hash { return hmac.New(sha256.New, []byte("key")) }},
	}
	for _, m := range makers {
		h := m.f()
		fmt.Printf("%s empty %x\n", m.name, h.Sum(nil))
		for n := 0; n < 300; n++ {
			h.Write(buf[n%17 : n%17+n])
		}
		fmt.Printf("%s all %x\n", m.name, h.Sum(nil))
		h.Reset()
		h.Write(buf)
		fmt.Printf("%s long %x\n", m.name, h.Sum(nil))
	}
	seed := maphash.MakeSeed()
	same := true
	for n := 0; n < 200; n++ {
		var a, b maphash.Hash
		a.SetSeed(seed)
		b.SetSeed(seed)
		a.Write(buf[:n])
		b.Write(append([]byte{}, buf[:n]...))
		same = same && a.Sum64() == b.Sum64()
	}
	fmt.Println("maphash", same)
}
