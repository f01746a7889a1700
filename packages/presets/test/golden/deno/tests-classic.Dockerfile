ARG DENO_VERSION=2.9

FROM denoland/deno:${DENO_VERSION} AS build
ENV DENO_DIR=/deno-dir
WORKDIR /app
ARG SOURCE_DATE_EPOCH=0
COPY deno.json deno.lock ./
RUN deno install --frozen
COPY . .
RUN deno compile --frozen --allow-net --allow-env --output /out/server main.ts \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM build AS test
RUN deno test --frozen --allow-net --allow-env

FROM gcr.io/distroless/cc-debian13:nonroot
ENV DENO_NO_UPDATE_CHECK=1 \
    DENO_NO_PROMPT=1
COPY --from=test /out/ /
WORKDIR /
ENTRYPOINT ["/server"]
