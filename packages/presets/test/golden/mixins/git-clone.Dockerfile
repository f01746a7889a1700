FROM debian:13-slim AS source
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
    && apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates git openssh-client
RUN git init -q /src \
    && git -C /src fetch -q --depth 1 https://example.com/public.git 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 \
    && git -C /src checkout -q --detach FETCH_HEAD \
    && rm -rf /src/.git
RUN --mount=type=secret,id=git,required=true \
    git init -q /a \
    && git -C /a -c credential.helper='!f() { echo username=x-access-token; echo "password=$(cat /run/secrets/git)"; }; f' fetch -q --depth 1 https://example.com/private.git 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 \
    && git -C /a checkout -q --detach FETCH_HEAD \
    && rm -rf /a/.git
RUN --mount=type=ssh,required=true \
    mkdir -p -m 700 ~/.ssh \
    && printf '%s\n' 'git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE+x/=' > ~/.ssh/known_hosts \
    && git init -q /b \
    && git -C /b fetch -q --depth 1 git@git.example.com:org/app.git 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 \
    && git -C /b checkout -q --detach FETCH_HEAD \
    && rm -rf /b/.git

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=source /src /src
