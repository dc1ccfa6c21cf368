package mail_test

import (
	"bufio"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"

	"muster/internal/config"
	"muster/internal/mail"
)

// server is a mail server that takes what it is not told to refuse.
type server struct {
	net.Listener
	mu      sync.Mutex
	refuse  map[string]string // by the word that a line begins with, or "." for the end of a mail: the answer
	mails   []string          // headers and text, with \n
	heard   []string          // every line but those of mails
	extends []string          // what EHLO offers
}

func newServer(t *testing.T) *server {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	s := &server{Listener: ln, refuse: map[string]string{}}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s
}

func (s *server) settings(t *testing.T) config.Mail {
	t.Helper()
	host, port, err := net.SplitHostPort(s.Addr().String())
	must(t, err)
	n, err := strconv.Atoi(port)
	must(t, err)
	return config.Mail{Host: host, Port: n, From: "Muster <muster@m.example>"}
}

func (s *server) mailer(t *testing.T) *mail.Mailer {
	t.Helper()
	m, err := mail.New(s.settings(t))
	must(t, err)
	return m
}

// refuses sets the answer to a command, "" for none.
func (s *server) refuses(word, answer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse[word] = answer
}

// taken gives the mails that came and forgets them.
func (s *server) taken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	mails := s.mails
	s.mails = nil
	return mails
}

// lines gives what the client said.
func (s *server) lines() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.heard, "\n")
}

func (s *server) talk(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	in := bufio.NewScanner(conn)
	fmt.Fprint(conn, "220 ready\r\n")
	for in.Scan() {
		answer, more := s.answer(in.Text())
		fmt.Fprint(conn, answer+"\r\n")
		if more {
			fmt.Fprint(conn, s.read(in)+"\r\n")
		}
	}
}

// answer gives what the server says to a line, and whether a mail follows.
func (s *server) answer(line string) (answer string, more bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = append(s.heard, line)
	word, _, _ := strings.Cut(strings.ToUpper(line), " ")
	switch {
	case s.refuse[word] != "":
		return s.refuse[word], false
	case word == "EHLO":
		return strings.Join(append([]string{"250-hello"}, s.extends...), "\r\n250-") + "\r\n250 8BITMIME", false
	case word == "DATA":
		return "354 go on", true
	}
	return "250 ok", false
}

func (s *server) read(in *bufio.Scanner) string {
	var text strings.Builder
	for in.Scan() && in.Text() != "." {
		text.WriteString(strings.TrimPrefix(in.Text(), ".") + "\n")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if answer := s.refuse["."]; answer != "" {
		return answer
	}
	s.mails = append(s.mails, text.String())
	return "250 taken"
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
