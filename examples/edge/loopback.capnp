# The same Worker in front of an API on loopback; both ports are given on the command line.

using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "edge", worker = import "worker.capnp".edge),
    (name = "api", external = (http = ())),
  ],
  sockets = [(name = "http", http = (), service = "edge")],
);
