// Makes an endpoint of webhooks, from generated inputs and enums. TOKEN is a program's access token, URL the receiver.
import com.google.gson.GsonBuilder
import com.google.gson.JsonArray
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import com.google.gson.JsonPrimitive
import com.google.gson.JsonSerializer
import it.example.school.CreateWebhookEndpointInput
import it.example.school.WebhookEventType
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration
import java.util.UUID
import kotlin.system.exitProcess

const val MUTATION = """mutation (${'$'}input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: ${'$'}input) {
    __typename
    ... on WebhookEndpointCreated { secret endpoint { id url eventTypes } }
    ... on WebhookEndpointInvalid { problems { path code message } }
    ... on Problem { code message }
  }
}"""

// The label of a generated enum is the name in the API.
val gson = GsonBuilder()
    .registerTypeAdapter(WebhookEventType::class.java, JsonSerializer<WebhookEventType> { type, _, _ -> JsonPrimitive(type.label) })
    // Gson has none for Iterable, the type of generated lists.
    .registerTypeHierarchyAdapter(Iterable::class.java, JsonSerializer<Iterable<*>> { items, _, context ->
        JsonArray().apply { items.forEach { add(context.serialize(it)) } }
    })
    .create()

fun main() {
    val input = CreateWebhookEndpointInput(
        eventTypes = listOf(WebhookEventType.DEBT_SETTLED),
        // Keep it, to repeat the same call after a lost answer.
        idempotencyKey = UUID.randomUUID().toString(),
        url = System.getenv("URL") ?: "http://127.0.0.1:4013/webhook-receiver",
    )
    val body = gson.toJson(mapOf("query" to MUTATION, "variables" to mapOf("input" to input)))
    val request = HttpRequest.newBuilder(URI.create(System.getenv("API") ?: "http://127.0.0.1:4000/graphql"))
        .header("authorization", "Bearer ${System.getenv("TOKEN")}")
        .header("content-type", "application/json")
        .header("accept-language", "en")
        .timeout(Duration.ofSeconds(60))
        .POST(BodyPublishers.ofString(body))
        .build()
    val answer = JsonParser.parseString(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body()).asJsonObject
    answer.getAsJsonArray("errors")?.forEach { System.err.println(it.asJsonObject["message"].asString) }
    val result = answer.get("data")?.takeIf { it is JsonObject }?.asJsonObject?.get("createWebhookEndpoint") as? JsonObject ?: exitProcess(1)
    if (result["__typename"].asString != "WebhookEndpointCreated") {
        println("${result["code"].asString}: ${result["message"].asString}")
        for (problem in result.getAsJsonArray("problems") ?: JsonArray())
            println("  ${problem.asJsonObject["path"].asString}: ${problem.asJsonObject["message"].asString}")
        exitProcess(1)
    }
    val endpoint = result.getAsJsonObject("endpoint")
    val types = endpoint.getAsJsonArray("eventTypes").map { WebhookEventType.valueOfLabel(it.asString) }
    println("${endpoint["url"].asString} receives $types; its secret is ${result["secret"].asString}")
}
