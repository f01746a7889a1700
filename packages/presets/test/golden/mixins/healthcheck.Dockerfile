FROM busybox:1.37 AS app
RUN echo > /app

FROM gcr.io/distroless/nodejs24-debian13:nonroot
COPY --from=app /app /app
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:3000/up').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["/app"]
