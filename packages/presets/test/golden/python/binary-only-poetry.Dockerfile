ARG PYTHON_VERSION=3.13

FROM python:${PYTHON_VERSION}-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
ARG SOURCE_DATE_EPOCH=0
RUN [ -e /usr/bin/python3.13 ] || ln -s "$(command -v python3)" /usr/bin/python3.13 \
    && /usr/bin/python3.13 -m venv /opt/venv
ENV POETRY_NO_INTERACTION=1 \
    POETRY_VIRTUALENVS_CREATE=false \
    VIRTUAL_ENV=/opt/venv \
    POETRY_INSTALLER_ONLY_BINARY=:all:
RUN python3 -m venv /opt/poetry \
    && /opt/poetry/bin/pip install --no-cache-dir poetry==2.2.1
RUN --mount=type=cache,id=poetry,target=/root/.cache/pypoetry \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    --mount=type=bind,source=poetry.lock,target=poetry.lock \
    /opt/poetry/bin/poetry install --only main --no-root
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
