// Command control-plane is a Kubernetes control plane in one binary; the first argument names the part to run.
package main

import (
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/component-base/cli"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

func main() {
	if len(os.Args) < 2 {
		fail("name a part: etcd, kube-apiserver, kube-controller-manager, kube-scheduler or guard")
	}
	part := os.Args[1]
	if os.Getenv("STOP_WITH_STDIN") != "" && part != "guard" {
		go func() {
			waitForEnd(os.Stdin)
			os.Exit(0)
		}()
	}
	os.Args = append([]string{part}, os.Args[2:]...)
	switch part {
	case "etcd":
		runEtcd()
	case "kube-apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Exit(cli.Run(controllers.NewControllerManagerCommand()))
	case "kube-scheduler":
		os.Exit(cli.Run(scheduler.NewSchedulerCommand()))
	case "guard":
		guard(os.Args[1:])
	default:
		fail("unknown part: " + part)
	}
}

// guard runs another program and kills it when its own input ends or it is told to stop, so that nothing outlives the tests.
func guard(arguments []string) {
	if len(arguments) == 0 {
		fail("guard needs a program")
	}
	child := exec.Command(arguments[0], arguments[1:]...)
	child.Stdout, child.Stderr = os.Stdout, os.Stderr
	if err := child.Start(); err != nil {
		fail(err.Error())
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		<-stop
		_ = child.Process.Kill()
	}()
	go func() {
		waitForEnd(os.Stdin)
		_ = child.Process.Kill()
	}()
	if err := child.Wait(); err != nil {
		fail(err.Error())
	}
}

func waitForEnd(input io.Reader) {
	_, _ = io.Copy(io.Discard, input)
}

// runEtcd takes the flags of etcd that the starter uses, so that a genuine etcd can stand in for it.
func runEtcd() {
	flags := flag.NewFlagSet("etcd", flag.ExitOnError)
	dataDir := flags.String("data-dir", "", "where the data goes")
	clients := flags.String("listen-client-urls", "", "the address for clients")
	advertised := flags.String("advertise-client-urls", "", "the address that clients are told")
	peers := flags.String("listen-peer-urls", "", "the address for peers")
	noFsync := flags.Bool("unsafe-no-fsync", false, "do not wait for the disk: the data is thrown away anyway")
	_ = flags.Parse(os.Args[1:])

	config := embed.NewConfig()
	config.Dir = *dataDir
	config.ListenClientUrls = []url.URL{address(*clients)}
	config.AdvertiseClientUrls = []url.URL{address(*advertised)}
	config.ListenPeerUrls = []url.URL{address(*peers)}
	config.AdvertisePeerUrls = config.ListenPeerUrls
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	config.UnsafeNoFsync = *noFsync
	config.LogLevel = "error"

	server, err := embed.StartEtcd(config)
	if err != nil {
		fail(err.Error())
	}
	select {
	case <-server.Server.ReadyNotify():
	case <-time.After(60 * time.Second):
		fail("etcd was not ready after 60 s")
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	select {
	case <-stop:
		server.Close()
	case err := <-server.Err():
		fail(err.Error())
	}
}

func address(text string) url.URL {
	parsed, err := url.Parse(text)
	if err != nil || parsed.Host == "" {
		fail("not an address: " + text)
	}
	return *parsed
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(1)
}
