// The generator has no classes for unions: the outcome of a mutation is JSON here. Read `__typename` first, then
// ToObject<Types.PracticeSaved>() or the like; a member with `code` and `message` is a refusal.
using System;
using Newtonsoft.Json.Linq;

namespace SchoolServices
{
    public class CancelPaymentSessionResult : JObject { }
    public class CreateUploadResult : JObject { }
    public class CreateWebhookEndpointResult : JObject { }
    public class DeleteWebhookEndpointResult : JObject { }
    public class IntegratePracticeResult : JObject { }
    public class PayNoticeResult : JObject { }
    public class RateServiceResult : JObject { }
    public class ReplayWebhooksResult : JObject { }
    public class RevokeShareResult : JObject { }
    public class RotateWebhookSecretResult : JObject { }
    public class SavePracticeResult : JObject { }
    public class SendTestWebhookResult : JObject { }
    public class ShareSchoolDataResult : JObject { }
    public class SpontaneousPaymentResult : JObject { }
    public class StartPaymentResult : JObject { }
    public class StartPracticeResult : JObject { }
    public class SubmitPracticeResult : JObject { }
    public class UpdateWebhookEndpointResult : JObject { }
    public class WithdrawPracticeResult : JObject { }

    // Newtonsoft.Json has it since 8.0; Debian has an older one. Leave it out with a newer one.
    [AttributeUsage(AttributeTargets.Property)]
    public sealed class JsonRequiredAttribute : Attribute { }
}
