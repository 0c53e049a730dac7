// The children of a family, and their newest invoices. TOKEN is an access token of a citizen.
using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json;
using SchoolServices;

public static class Children
{
    private const string Query =
        "{ me { children { firstName lastName invoices(first: 5) { edges { node { year number outstanding } } } } } }";

    private sealed class Error
    {
        public string message { get; set; }
    }

    private sealed class Response
    {
        public Types.Query data { get; set; }
        public Error[] errors { get; set; }
    }

    public static int Main()
    {
        var url = Environment.GetEnvironmentVariable("API") ?? "http://127.0.0.1:4000/graphql";
        using (var http = new HttpClient())
        {
            var token = Environment.GetEnvironmentVariable("TOKEN");
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
            var body = new StringContent(JsonConvert.SerializeObject(new { query = Query }), Encoding.UTF8, "application/json");
            var text = http.PostAsync(url, body).Result.Content.ReadAsStringAsync().Result;
            var response = JsonConvert.DeserializeObject<Response>(text);
            foreach (var error in response.errors ?? new Error[0]) Console.Error.WriteLine(error.message);
            if (response.data == null || response.data.me == null) return 1;
            foreach (var child in response.data.me.children)
            {
                Console.WriteLine(child.firstName + " " + child.lastName);
                foreach (var invoice in child.invoices.edges.Select(edge => edge.node))
                    Console.WriteLine("  {0}/{1}: {2:0.00} EUR to pay", invoice.year, invoice.number, invoice.outstanding / 100m);
            }
            return 0;
        }
    }
}
