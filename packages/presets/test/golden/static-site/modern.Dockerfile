FROM nginxinc/nginx-unprivileged:1.30-alpine AS site
USER 0
WORKDIR /out/usr/share/nginx/html
COPY public/ ./
ARG SOURCE_DATE_EPOCH=0
RUN mkdir -p /out/etc/nginx/conf.d \
    && printf '%s\n' 'server {' '  listen 8080;' '  server_tokens off;' '  root /usr/share/nginx/html;' '  index index.html;' '  location / { try_files $uri $uri.html $uri/ /index.html; }' '  location ~ "\.[0-9a-f]{8,}\." { add_header Cache-Control "public, max-age=31536000, immutable"; try_files $uri =404; }' '}' > /out/etc/nginx/conf.d/default.conf \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + \
    && find /out/usr/share/nginx/html -type f -exec sh -c 'for file; do touch -d "@$(($(cksum < "$file" | cut -d " " -f 1) % 1000000000))" "$file"; done' sh {} +

FROM nginxinc/nginx-unprivileged:1.30-alpine
COPY --from=site --link /out/ /
EXPOSE 8080
USER 101:101
STOPSIGNAL SIGQUIT
