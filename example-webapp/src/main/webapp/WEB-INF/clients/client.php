<?php
// Registers a user and changes a phone number. Decides by the problem, not by the status.
// Usage: php client.php http://localhost:8080 USERNAME

const RETRIES = 3;
const LONGEST_WAIT = 30;

class Problem extends Exception
{
    public array $body;
    public int $after = 0;

    public function __construct(int $status, array $headers, array $body)
    {
        parent::__construct($body['title'] ?? "HTTP $status");
        $this->body = $body;
        $this->after = (int) ($headers['retry-after'] ?? 0);
    }

    public function advice(): ?string
    {
        return $this->body['retry']['advice'] ?? null;
    }
}

function sendOnce(string $method, string $url, ?array $body, array $headers): array
{
    $headers[] = 'Accept: application/json, application/problem+json';
    $headers[] = 'Content-Type: application/json';
    $http = ['method' => $method, 'header' => $headers, 'ignore_errors' => true];
    if ($body !== null) {
        $http['content'] = json_encode($body);
    }
    $text = file_get_contents($url, false, stream_context_create(['http' => $http]));
    $status = (int) explode(' ', $http_response_header[0])[1];
    $received = [];
    foreach (array_slice($http_response_header, 1) as $line) {
        [$name, $value] = explode(':', $line, 2) + [1 => ''];
        $received[strtolower($name)] = trim($value);
    }
    $data = json_decode($text, true) ?? [];
    if ($status >= 400) {
        throw new Problem($status, $received, $data);
    }
    return [$data, $received['etag'] ?? null];
}

/** Repeats the same request where the problem permits it: exponential backoff, full jitter. */
function send(string $method, string $url, ?array $body = null, array $headers = []): array
{
    for ($tried = 0; ; $tried++) {
        try {
            return sendOnce($method, $url, $body, $headers);
        } catch (Problem $problem) {
            if ($problem->advice() !== 'same-request' || $tried === RETRIES
                || $problem->after > LONGEST_WAIT) {
                throw $problem;
            }
            usleep((int) (1e6 * ($problem->after + lcg_value() * 2 ** $tried / 4)));
        }
    }
}

/** Reads, changes and writes; a stale version is read again, and changed again. */
function update(string $url, callable $change): array
{
    for ($tried = 0; ; $tried++) {
        [$current, $tag] = send('GET', $url);
        try {
            return send('PUT', $url, $change($current), ["If-Match: $tag"]);
        } catch (Problem $problem) {
            if ($problem->advice() !== 'refresh-then-retry' || $tried === RETRIES) {
                throw $problem;
            }
        }
    }
}

[, $base, $username] = $argv;
$base = rtrim($base, '/');
try {
    $key = 'Idempotency-Key: "' . bin2hex(random_bytes(16)) . '"';
    send('POST', "$base/register", ['username' => $username, 'email' => "$username@example.org"], [$key]);
    echo "registered $username\n";
} catch (Problem $problem) {
    if (($problem->body['kind'] ?? null) !== 'duplicate-key') {
        throw $problem;
    }
    echo "choose another {$problem->body['field']}: {$problem->getMessage()}\n";
}
[$customer] = update("$base/api/customers/1", fn ($c) => ['phone' => '+44 20 7946 0008'] + $c);
echo "phone is {$customer['phone']}\n";
