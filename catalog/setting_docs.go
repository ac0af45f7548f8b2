package catalog

import (
	"fmt"
	"io"
	"strings"
)

// WriteReference writes the reference of all settings in Markdown.
func WriteReference(w io.Writer) error {
	if _, err := io.WriteString(w, settingsIntro); err != nil {
		return err
	}
	for _, group := range []struct {
		title  string
		accept func(*Setting) bool
	}{
		{"Settings with an effect", func(s *Setting) bool { return !s.NoEffect && s.Scope == ScopeUser }},
		{"Facts and settings fixed at start", func(s *Setting) bool { return s.Scope != ScopeUser }},
		{"Kept and shown, without effect", func(s *Setting) bool { return s.NoEffect && s.Scope == ScopeUser }},
	} {
		if _, err := fmt.Fprintf(w, "\n## %s\n\n| name | type | default | meaning |\n|---|---|---|---|\n", group.title); err != nil {
			return err
		}
		for _, s := range Settings() {
			if !group.accept(s) {
				continue
			}
			if _, err := fmt.Fprintf(w, "| `%s` | %s | %s | %s |\n",
				s.Name, s.typeText(), codeOrEmpty(s.Default), s.Doc); err != nil {
				return err
			}
		}
	}
	return nil
}

const settingsIntro = `# Settings

<!-- Generated from catalog/setting_list.go by "make generate". -->

` + "`SET name = value`, `SHOW name`, `RESET name`, `SHOW ALL`" + `; names are written in any case. A client
may set any other name, too: it is kept for the session and shown back, as many drivers expect. Only
a name that begins with ` + "`millrace.`" + ` must be one of these, so that a typing error is noticed.
Numbers with a unit take ` + "`us ms s min h d`" + ` or ` + "`B kB MB GB TB`" + `.
`

// typeText is the type with the range or the values.
func (s *Setting) typeText() string {
	switch s.Type {
	case SettingEnum:
		return strings.Join(s.Values, ", ")
	case SettingInt, SettingReal:
		text := string(s.Type)
		if s.Unit != "" {
			text += " in " + s.Unit
		}
		if s.Max < 1e9 {
			text += ", " + plainNumber(s.Min) + " to " + plainNumber(s.Max)
		}
		return text
	}
	return string(s.Type)
}

func codeOrEmpty(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}
