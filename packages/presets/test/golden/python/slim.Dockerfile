ARG PYTHON_VERSION=3.13

FROM python:${PYTHON_VERSION}-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
ARG SOURCE_DATE_EPOCH=0
RUN python3 -m venv /opt/venv
RUN --mount=type=cache,id=pip,target=/root/.cache/pip \
    --mount=type=bind,source=requirements.txt,target=requirements.txt \
    /opt/venv/bin/pip install --no-compile -r requirements.txt \
    && /opt/venv/bin/pip uninstall -y pip
RUN PYTHONHASHSEED=0 /opt/venv/bin/python -m compileall -q -f --invalidation-mode unchecked-hash /opt/venv/lib \
    && mkdir -p /out/opt \
    && mv /opt/venv /out/opt/ \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM python:${PYTHON_VERSION}-slim-trixie AS app
WORKDIR /out/app
COPY main.py ./main.py
ARG SOURCE_DATE_EPOCH=0
RUN find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM python:3.13-slim-trixie
ENV PYTHONUNBUFFERED=1 \
    PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin
COPY --from=build /out/ /
COPY --from=app /out/ /
WORKDIR /app
USER 65532:65532
ENTRYPOINT ["/opt/venv/bin/python"]
CMD ["main.py"]
