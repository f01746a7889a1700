ARG PYTHON_VERSION=3.13

FROM python:${PYTHON_VERSION}-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
ARG SOURCE_DATE_EPOCH=0
RUN [ -e /usr/bin/python3.13 ] || ln -s "$(command -v python3)" /usr/bin/python3.13 \
    && /usr/bin/python3.13 -m venv /opt/venv
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/
ENV UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0 \
    UV_NO_DEV=1 \
    UV_PROJECT_ENVIRONMENT=/opt/venv
RUN --mount=type=cache,id=uv,target=/root/.cache/uv \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    --mount=type=bind,source=uv.lock,target=uv.lock \
    uv sync --locked --no-install-project --no-build
RUN PYTHONHASHSEED=0 /opt/venv/bin/python -m compileall -q -f --invalidation-mode unchecked-hash /opt/venv/lib \
    && mkdir -p /out/opt \
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
COPY --from=build /out/ /
COPY --from=app /out/ /
WORKDIR /app
ENTRYPOINT ["/opt/venv/bin/python"]
CMD ["main.py"]
