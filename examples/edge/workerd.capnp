using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "edge", worker = import "worker.capnp".edge),
    (name = "api", external = (
      address = "www.jimmyai.cn:443",
      https = (tlsOptions = (trustBrowserCas = true), certificateHost = "www.jimmyai.cn"),
    )),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "edge")],
);
