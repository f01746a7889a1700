FROM busybox:1.37 AS app
RUN mkdir /site && echo hello > /site/index.html

FROM gcr.io/distroless/static-debian13:debug-nonroot
COPY --from=app /site /site
COPY --from=app /bin/busybox /httpd
ENTRYPOINT ["/busybox/sh"]
