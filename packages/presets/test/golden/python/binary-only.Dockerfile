ARG PYTHON_VERSION=3.13

FROM debian:13-slim AS packages
RUN mkdir -p /tmp/archives/partial \
    && touch /tmp/status \
    && apt-get update \
    && apt-get install -y --no-install-recommends --download-only -o Dir::State::status=/tmp/status -o Dir::Cache::archives=/tmp/archives libpq5 \
    && mkdir -p /root-files/var/lib/dpkg/status.d \
    && for file in /tmp/archives/*.deb; do name=$(dpkg-deb -f "$file" Package); case " libc6 libgcc-s1 gcc-14-base libc-bin " in *" $name "*) continue;; esac; dpkg-deb -x "$file" /root-files || exit 1; dpkg-deb -f "$file" > "/root-files/var/lib/dpkg/status.d/$name"; done \
    && rm -rf /tmp/archives /tmp/status /var/lib/apt/lists/* /var/cache/apt/*.bin

FROM python:${PYTHON_VERSION}-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
ARG SOURCE_DATE_EPOCH=0
RUN [ -e /usr/bin/python3.13 ] || ln -s "$(command -v python3)" /usr/bin/python3.13 \
    && /usr/bin/python3.13 -m venv /opt/venv
RUN --mount=type=cache,id=pip,target=/root/.cache/pip \
    --mount=type=bind,source=requirements.txt,target=requirements.txt \
    /opt/venv/bin/pip install --no-compile --only-binary :all: -r requirements.txt \
    && /opt/venv/bin/pip uninstall -y pip
RUN mkdir -p /out/opt \
    && mv /opt/venv /out/opt/ \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM python:${PYTHON_VERSION}-slim-trixie AS app
WORKDIR /out/app
COPY main.py ./main.py
ARG SOURCE_DATE_EPOCH=0
RUN find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/python3-debian13:nonroot
ENV PYTHONUNBUFFERED=1 \
    PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin
COPY --from=packages /root-files/ /
COPY --from=build /out/ /
COPY --from=app /out/ /
WORKDIR /app
ENTRYPOINT ["/opt/venv/bin/python"]
CMD ["main.py"]
