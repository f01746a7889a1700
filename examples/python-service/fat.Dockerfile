FROM python:3.13-slim-trixie
WORKDIR /app
COPY app/ ./
RUN pip install --no-cache-dir --requirement requirements.txt
CMD ["python", "main.py"]
