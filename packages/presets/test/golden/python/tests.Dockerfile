ARG PYTHON_VERSION=3.13

FROM python:${PYTHON_VERSION}-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
ARG SOURCE_DATE_EPOCH=0
RUN [ -e /usr/bin/python3.13 ] || ln -s "$(command -v python3)" /usr/bin/python3.13 \
    && /usr/bin/python3.13 -m venv /opt/venv
RUN --mount=type=cache,id=pip,target=/root/.cache/pip \
    --mount=type=bind,source=requirements.txt,target=requirements.txt \
    /opt/venv/bin/pip install --no-compile -r requirements.txt \
    && /opt/venv/bin/pip uninstall -y pip
RUN PYTHONHASHSEED=0 /opt/venv/bin/python -m compileall -q -f --invalidation-mode unchecked-hash /opt/venv/lib \
    && mkdir -p /out/opt \
    && mv /opt/venv /out/opt/ \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM build AS test
RUN cp -R /out/opt/venv /opt/venv
COPY . .
RUN /opt/venv/bin/python -m unittest discover

FROM python:${PYTHON_VERSION}-slim-trixie AS app
WORKDIR /out/app
COPY main.py ./main.py
ARG SOURCE_DATE_EPOCH=0
RUN find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/python3-debian13:nonroot
ENV PYTHONUNBUFFERED=1 \
    PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin
COPY --from=test /out/ /
COPY --from=app /out/ /
WORKDIR /app
ENTRYPOINT ["/opt/venv/bin/python"]
CMD ["main.py"]
