// Renders the Helm chart where there is no Helm: Go's text/template with sprig, as Helm has them, and the few functions of
// Helm's own that the chart uses. For tests; what installs a chart is Helm.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run main.go CHART [VALUES]
//
// VALUES is a YAML file that is laid over the chart's own values.
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

type object = map[string]interface{}

// files is .Files of a template.
type files struct{ chart string }

func (f files) Get(name string) (string, error) {
	content, err := os.ReadFile(filepath.Join(f.chart, name))
	return string(content), err
}

func main() {
	log.SetFlags(0)
	if len(os.Args) < 2 {
		log.Fatal("usage: CHART [VALUES]")
	}
	chart := os.Args[1]
	about := read(filepath.Join(chart, "Chart.yaml"))
	values := read(filepath.Join(chart, "values.yaml"))
	if len(os.Args) > 2 {
		merge(values, read(os.Args[2]))
	}
	data := object{
		"Values":  values,
		"Chart":   object{"Name": about["name"], "Version": about["version"], "AppVersion": about["appVersion"]},
		"Release": object{"Name": "test", "Namespace": "leads", "Service": "Helm"},
		"Files":   files{chart},
	}

	root := template.New("chart").Option("missingkey=error")
	functions := sprig.TxtFuncMap()
	functions["toYaml"] = toYaml
	functions["include"] = func(name string, with interface{}) (string, error) {
		var out bytes.Buffer
		err := root.ExecuteTemplate(&out, name, with)
		return out.String(), err
	}
	root.Funcs(functions)

	var names []string
	check(filepath.WalkDir(filepath.Join(chart, "templates"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := filepath.Base(path)
		_, err = root.New(name).Parse(string(content))
		if strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".txt") {
			names = append(names, name)
		}
		return err
	}))
	for _, name := range names {
		var out bytes.Buffer
		check(root.ExecuteTemplate(&out, name, data))
		if strings.HasSuffix(name, ".yaml") {
			fmt.Printf("---\n# %s\n%s\n", name, out.String())
		}
	}
}

func read(path string) object {
	content, err := os.ReadFile(path)
	check(err)
	into := object{}
	check(yaml.Unmarshal(content, &into))
	return into
}

// merge lays one map over another; what is a map in both is merged too.
func merge(into, over object) {
	for key, value := range over {
		below, isMap := into[key].(object)
		above, both := value.(object)
		if isMap && both {
			merge(below, above)
			continue
		}
		into[key] = value
	}
}

func toYaml(value interface{}) (string, error) {
	text, err := yaml.Marshal(value)
	return strings.TrimSuffix(string(text), "\n"), err
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
