// cryptos: AES in its modes, ed25519, P-256, constant time, RC4, DES; deterministic parts only.
package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"math/big"
)

func main() {
	plain := make([]byte, 1000)
	for i := range plain {
		plain[i] = byte(i * 3)
	}
	for _, size := range []int{16, 24, 32} {
		key := bytes.Repeat([]byte{byte(size)}, size)
		block, err := aes.NewCipher(key)
		if err != nil {
			fmt.Println(err)
			return
		}
		one := make([]byte, 16)
		block.Encrypt(one, plain)
		fmt.Printf("aes%d %x", size*8, one)
		block.Decrypt(one, one)
		fmt.Println(bytes.Equal(one, plain[:16]))
		gcm, _ := cipher.NewGCM(block)
		sum := sha256.New()
		ok := true
		for n := 0; n < 200; n += 3 {
			ct := gcm.Seal(nil, plain[:12], plain[:n], plain[:n/2])
			sum.Write(ct)
			pt, err := gcm.Open(nil, plain[:12], ct, plain[:n/2])
			ok = ok && err == nil && bytes.Equal(pt, plain[:n])
			ct[n/2] ^= 1
			_, err = gcm.Open(nil, plain[:12], ct, plain[:n/2])
			ok = ok && err != nil
		}
		ct := gcm.Seal(nil, plain[:12], plain, nil)
		sum.Write(ct)
		fmt.Printf("gcm %x %v\n", sum.Sum(nil), ok)
		out := make([]byte, 992)
		cipher.NewCBCEncrypter(block, plain[:16]).CryptBlocks(out, plain[:992])
		fmt.Printf("cbc %x\n", sha256.Sum256(out))
		cipher.NewCBCDecrypter(block, plain[:16]).CryptBlocks(out, out)
		fmt.Println(bytes.Equal(out, plain[:992]))
		cipher.NewCTR(block, plain[:16]).XORKeyStream(out, plain[:992])
		fmt.Printf("ctr %x\n", sha256.Sum256(out))
	}
	d, _ := des.NewTripleDESCipher(plain[:24])
	out := make([]byte, 8)
	d.Encrypt(out, plain[:8])
	r, _ := rc4.NewCipher(plain[:16])
	r4 := make([]byte, 40)
	r.XORKeyStream(r4, plain[:40])
	fmt.Printf("3des %x rc4 %x\n", out, r4)
	k := ed25519.NewKeyFromSeed(plain[:32])
	sig := ed25519.Sign(k, []byte("message"))
	pub := k.Public().(ed25519.PublicKey)
	fmt.Printf("ed25519 %x %v %v\n", sig, ed25519.Verify(pub, []byte("message"), sig), ed25519.Verify(pub, []byte("messagf"), sig))
	for _, c := range []elliptic.Curve{elliptic.P256(), elliptic.P384()} {
		x, y := c.ScalarBaseMult(plain[1:32])
		x2, y2 := c.ScalarMult(x, y, []byte{7})
		fmt.Printf("%s %x %x %v\n", c.Params().Name, x, x2, c.IsOnCurve(x2, y2))
	}
	priv, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		fmt.Println(err)
		return
	}
	digest := sha256.Sum256(plain)
	rr, ss, err := ecdsa.Sign(rand.Reader, priv, digest[:])
	fmt.Println(err, ecdsa.Verify(&priv.PublicKey, digest[:], rr, ss), ecdsa.Verify(&priv.PublicKey, digest[:], rr, new(big.Int).Add(ss, big.NewInt(1))))
	fmt.Println(subtle.ConstantTimeCompare([]byte("a"), []byte("a")), subtle.ConstantTimeCompare([]byte("a"), []byte("b")))
	noise := make([]byte, 64)
	n, err := rand.Read(noise)
	fmt.Println(n, err, !bytes.Equal(noise, make([]byte, 64)))
}
